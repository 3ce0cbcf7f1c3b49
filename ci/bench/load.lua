-- The documented operation again and again, or with other arguments in every request.
-- LOAD is "same" or "different", HEAD and TAIL are what stands around `variables`, FIRST the constant ones, SEED a number.
local load, head, tail, first = os.getenv("LOAD"), os.getenv("HEAD"), os.getenv("TAIL"), os.getenv("FIRST")
local headers = { ["Content-Type"] = "application/json", ["Authorization"] = "Bearer " .. os.getenv("TOKEN") }
local searches, cursors = {}, {}
for text in os.getenv("SEARCHES"):gmatch("[^,]+") do searches[#searches + 1] = text end
for text in os.getenv("CURSORS"):gmatch("[^,]+") do cursors[#cursors + 1] = text end
local statuses = { "", ',"status":"ENABLED"', ',"status":"DISABLED"' }
local fields, orders = { "usage", "name", "status" }, { "asc", "desc" }
math.randomseed(tonumber(os.getenv("SEED")))

local function any(of) return of[math.random(#of)] end

local same
function init()
  same = wrk.format("POST", nil, headers, head .. first .. tail)
end

function request()
  if load == "same" then return same end
  local sort = ',"sort":{"by":"' .. any(fields) .. '","order":"' .. any(orders) .. '"}'
  local search = ',"search":"' .. any(searches) .. '"'
  local variables = first .. any(statuses) .. search .. sort .. ',"after":"' .. any(cursors) .. '"'
  return wrk.format("POST", nil, headers, head .. variables .. tail)
end
