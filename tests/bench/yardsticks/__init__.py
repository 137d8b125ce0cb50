"""What CityNet's speed is measured against, on the same data in the same run.

Written before the code that they judge, under the same middleware, each as its kind is written
well, and never slowed down:

- ``textbook``: the same endpoint as the documentation of Django REST framework and of Django's
  generic views would have it, with ``select_related`` and ``prefetch_related``;
- ``whole_pages``: the same of pages with all that ours say, where ``textbook`` says the least;
- ``one_statement``: the same JSON made by the database in one SQL statement behind a bare view;
- ``ready``: bytes that are ready behind a bare view, and the same under Django's ``condition``.
"""
