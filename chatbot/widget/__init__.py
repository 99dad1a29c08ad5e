"""On another website: the light page ``/embed``, the script ``/widget.js`` that shows it there, and a site to try it on."""
