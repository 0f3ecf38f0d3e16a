#include "ui/PageHistory.h"

namespace warder {

void PageHistory::visit(int page)
{
    if (m_visited.value(m_place, -1) == page)
        return;
    m_visited.resize(m_place + 1);
    m_visited.append(page);
    if (m_visited.size() > most)
        m_visited.removeFirst();
    m_place = m_visited.size() - 1;
}

std::optional<int> PageHistory::goBack()
{
    if (!canGoBack())
        return std::nullopt;
    return m_visited[--m_place];
}

std::optional<int> PageHistory::goForward()
{
    if (!canGoForward())
        return std::nullopt;
    return m_visited[++m_place];
}

} // namespace warder
