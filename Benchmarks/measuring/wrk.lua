-- Asks for the paths of a file one after the other, and prints one line of JSON at the end.
-- A line may hold a cookie behind a tab: then it is asked in the name of whoever has it.
local paths = {}
local number = 0
local threads = 0

function setup(thread)
  -- Each thread begins elsewhere in the list, so that they do not ask for the same page at once.
  thread:set("start", threads * 97)
  threads = threads + 1
end

function init(args)
  for line in io.lines(args[1]) do
    local path, cookie = line:match("^([^\t]*)\t?(.*)$")
    paths[#paths + 1] = wrk.format("GET", path, cookie ~= "" and { Cookie = cookie } or nil)
  end
  number = start
end

function request()
  number = number + 1
  return paths[number % #paths + 1]
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    '{"requests": %d, "seconds": %.6f, "bytes": %d, "bad": %d, "p50": %d, "p99": %d}\n',
    summary.requests, summary.duration / 1e6, summary.bytes,
    errors.connect + errors.read + errors.write + errors.status + errors.timeout,
    latency:percentile(50), latency:percentile(99)))
end
