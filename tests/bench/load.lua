-- For wrk: asks for the addresses of a file in turn, each thread from a place of its own, from many
-- connections by the header of a proxy; at the end one line of JSON.
local threads = 0
local paths = {}
local place = 0

function setup(thread)
  thread:set("number", threads)
  threads = threads + 1
end

function init(arguments)
  for line in io.lines(arguments[1]) do
    paths[#paths + 1] = line
  end
  tag = arguments[2]
  place = math.floor(number * #paths / 2)
end

function request()
  place = place + 1
  local headers = {}
  headers["Host"] = "localhost"
  headers["Accept-Encoding"] = "identity"
  headers["X-Forwarded-For"] = string.format(
    "10.%d.%d.%d", number, math.floor(place / 250) % 250, place % 250)
  if tag then
    headers["If-None-Match"] = tag
  end
  return wrk.format("GET", paths[(place - 1) % #paths + 1], headers)
end

function done(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format(
    '\n{"requests": %d, "seconds": %.3f, "bytes": %d, "p50_ms": %.3f, "p99_ms": %.3f, "errors": %d}\n',
    summary.requests, summary.duration / 1e6, summary.bytes,
    latency:percentile(50) / 1e3, latency:percentile(99) / 1e3,
    errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
