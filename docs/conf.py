"Sphinx settings of the site: the notebooks as they are stored, with their outputs."
project = 'mri_superres'
author = copyright = 'the mri_superres authors'
extensions = ['myst_nb']
nb_execution_mode = 'off'
nb_render_markdown_format = 'gfm'  # or tables from outputs are raw pipes
myst_heading_anchors = 3
html_theme = 'furo'
html_title = project
html_static_path = ['static']
html_css_files = ['wide.css']
suppress_warnings = ['myst.header', 'mystnb.unknown_mime_type']
