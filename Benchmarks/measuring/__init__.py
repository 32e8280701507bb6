"""What every benchmark needs: children that are timed, figures held against targets, a place to work in."""
