-- wrk: each connection has a session of its own and refreshes it again and again. One connection a thread.
local threads = 0
local token

function setup(thread)
   thread:set("number", threads)
   threads = threads + 1
end

function init()
   local seen = 0
   for each in string.gmatch(os.getenv("TOKENS"), "%S+") do
      if seen == number then token = each end
      seen = seen + 1
   end
end

function request()
   return wrk.format("POST", nil, {["Content-Type"] = "application/json"}, '{"refresh_token":"' .. token .. '"}')
end

function response(status, _, body)
   token = string.match(body, '"refresh_token"%s*:%s*"([^"]+)"') or token
end
