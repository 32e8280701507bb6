# make demo   see it running, at http://127.0.0.1:8080 (PORT=9000 for another port)
# make test   everything that must hold (FILTER=Name for one suite)
# make prove  what tests of a room cannot show: hostile requests, kill -9, a full disk (ONLY=name for one part)
# make deb    a Debian package of it, in .work/deb
# make bench  the figures of docs/benchmarks.md, side by side with their peers
.PHONY: demo test prove deb bench format check-format clean clean-demo

demo:
	@PORT='$(PORT)' scripts/demo
test:
	@scripts/test '$(FILTER)'
prove:
	@SEED='$(SEED)' scripts/prove '$(ONLY)'
deb:
	@scripts/deb
bench:
	@scripts/bench $(ONLY)
format:
	@scripts/format
check-format:
	@scripts/check-format
clean:
	@scripts/clean
clean-demo:
	@scripts/clean demo
