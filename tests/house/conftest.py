from tests.folders import cast_folder, cast_template, empty_folder, empty_template

__all__ = ["cast_folder", "cast_template", "empty_folder", "empty_template"]
