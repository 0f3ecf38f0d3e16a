#pragma once

#include <algorithm>
#include <list>
#include <unordered_map>
#include <utility>

namespace warder {

/// A map that never holds more than its capacity: a new key takes the place of an idle one, else of the longest untouched.
/// Idle ones leave by themselves as new ones come. What idle means the caller says. The owner guards it.
template <typename Key, typename Value, typename Hash>
class BoundedMap final
{
public:
    explicit BoundedMap(size_t capacity) : m_capacity(std::max<size_t>(capacity, 1)) {}

    /// The value of a key, made if need be; now the last to be forgotten. Valid until the next touch().
    template <typename IsIdle>
    Value &touch(const Key &key, IsIdle isIdle)
    {
        const auto found = m_places.find(key);
        if (found != m_places.end()) {
            m_order.splice(m_order.begin(), m_order, found->second);
            return found->second->second;
        }
        makeRoom(isIdle);
        m_order.emplace_front(key, Value {});
        m_places.emplace(key, m_order.begin());
        return m_order.front().second;
    }

    const Value *find(const Key &key) const
    {
        const auto found = m_places.find(key);
        return found == m_places.end() ? nullptr : &found->second->second;
    }

    Value *find(const Key &key) { return const_cast<Value *>(std::as_const(*this).find(key)); }

    bool remove(const Key &key)
    {
        const auto found = m_places.find(key);
        if (found == m_places.end())
            return false;
        m_order.erase(found->second);
        m_places.erase(found);
        return true;
    }

    auto begin() const { return m_order.begin(); } ///< Pairs of key and value, last touched first.
    auto end() const { return m_order.end(); }

private:
    /// Two at most leave for each that comes, so that emptying costs no single caller much.
    template <typename IsIdle>
    void makeRoom(IsIdle isIdle)
    {
        for (int i = 0; i < 2 && !m_order.empty() && isIdle(m_order.back().second); ++i)
            forget(std::prev(m_order.end()));
        if (m_order.size() < m_capacity)
            return;
        auto victim = std::prev(m_order.end());
        for (auto [each, looked] = std::pair(victim, 0); looked < 8 && each != m_order.begin(); --each, ++looked) {
            if (isIdle(each->second)) {
                victim = each;
                break;
            }
        }
        forget(victim);
    }

    void forget(typename std::list<std::pair<Key, Value>>::iterator victim)
    {
        m_places.erase(victim->first);
        m_order.erase(victim);
    }

    size_t m_capacity;
    std::list<std::pair<Key, Value>> m_order;
    std::unordered_map<Key, typename std::list<std::pair<Key, Value>>::iterator, Hash> m_places;
};

} // namespace warder
