#pragma once

#include <algorithm>
#include <list>
#include <unordered_map>
#include <utility>

namespace warder {

/// How dear a value of a BoundedMap is: an Idle one leaves by itself, a Free one when there is no room, a Held one when there are
/// no others, a Dear one when hardly anything else is there.
enum class Keep { Idle, Free, Held, Dear };

/// A map that never holds more than its capacity: a new key takes the place of an idle one, else of the longest untouched that is
/// free, and of one that is held only where all are. Idle ones leave by themselves as new ones come. How dear a value is the caller
/// says (`judge`, a function that gives a Keep). The owner guards it.
template <typename Key, typename Value, typename Hash>
class BoundedMap final
{
public:
    explicit BoundedMap(size_t capacity) : m_capacity(std::max<size_t>(capacity, 1)) {}

    /// The value of a key, made if need be; now the last to be forgotten of those as dear. Valid until the next touch(). Who makes
    /// it dearer says so by settle().
    template <typename Judge>
    Value &touch(const Key &key, Judge judge)
    {
        if (const auto found = m_places.find(key); found != m_places.end()) {
            List &list = found->second.isHeld ? m_held : m_free;
            list.splice(list.begin(), list, found->second.at);
            return found->second.at->second;
        }
        makeRoom(judge);
        m_free.emplace_front(key, Value {});
        m_places.emplace(key, Place {.at = m_free.begin(), .isHeld = false});
        return m_free.front().second;
    }

    /// After its value has changed: from now on it counts as what it is.
    template <typename Judge>
    void settle(const Key &key, Judge judge)
    {
        if (const auto found = m_places.find(key); found != m_places.end())
            move(found->second, judge(std::as_const(found->second.at->second)) >= Keep::Held);
    }

    const Value *find(const Key &key) const
    {
        const auto found = m_places.find(key);
        return found == m_places.end() ? nullptr : &found->second.at->second;
    }

    Value *find(const Key &key) { return const_cast<Value *>(std::as_const(*this).find(key)); }

    bool remove(const Key &key)
    {
        const auto found = m_places.find(key);
        if (found == m_places.end())
            return false;
        (found->second.isHeld ? m_held : m_free).erase(found->second.at);
        m_places.erase(found);
        return true;
    }

    /// Calls `visit` with each key and value.
    template <typename Visit>
    void each(Visit visit) const
    {
        for (const List *list : {&m_held, &m_free}) {
            for (const auto &[key, value] : *list)
                visit(key, value);
        }
    }

    size_t size() const { return m_places.size(); }

private:
    using List = std::list<std::pair<Key, Value>>;
    struct Place
    {
        typename List::iterator at;
        bool isHeld = false;
    };

    void move(Place &place, bool isHeld)
    {
        if (place.isHeld == isHeld)
            return;
        List &from = place.isHeld ? m_held : m_free;
        List &to = isHeld ? m_held : m_free;
        to.splice(to.begin(), from, place.at);
        place.isHeld = isHeld;
    }

    static constexpr int mostPassedOver = 16; ///< Dear ones, for one that comes.

    /// Some twenty at most are looked at for each that comes, so that it costs no single caller much.
    template <typename Judge>
    void makeRoom(Judge judge)
    {
        for (int i = 0; i < 2; ++i) {
            lookAtLast(m_free, judge);
            lookAtLast(m_held, judge);
        }
        if (m_places.size() < m_capacity)
            return;
        if (!m_free.empty())
            return void(remove(Key(m_free.back().first)));
        for (int i = 0; i < mostPassedOver && judge(std::as_const(m_held.back().second)) == Keep::Dear; ++i)
            m_held.splice(m_held.begin(), m_held, std::prev(m_held.end()));
        remove(Key(m_held.back().first));
    }

    template <typename Judge>
    void lookAtLast(List &list, Judge judge)
    {
        if (list.empty())
            return;
        const Keep keep = judge(std::as_const(list.back().second));
        if (keep == Keep::Idle)
            remove(Key(list.back().first));
        else if (&list == &m_held && keep == Keep::Free)
            move(m_places.at(list.back().first), false);
        else if (&list == &m_held)
            list.splice(list.begin(), list, std::prev(list.end())); // else one that waits long would hide those behind it
    }

    size_t m_capacity;
    List m_free; ///< Last touched first.
    List m_held;
    std::unordered_map<Key, Place, Hash> m_places;
};

} // namespace warder
