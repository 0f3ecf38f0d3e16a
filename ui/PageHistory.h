#pragma once

#include <QList>

#include <optional>

namespace warder {

/// The pages that were visited, and the way back and forward through them, as a browser has it. Pure.
class PageHistory final
{
public:
    static constexpr qsizetype most = 50;

    /// The page is visible now. What lay ahead is forgotten, unless it is the page that is visible already.
    void visit(int page);
    /// The page to show; nothing at the end of the way.
    std::optional<int> goBack();
    std::optional<int> goForward();
    bool canGoBack() const { return m_place > 0; }
    bool canGoForward() const { return m_place + 1 < m_visited.size(); }

private:
    QList<int> m_visited;
    qsizetype m_place = -1; ///< Of the visible page.
};

} // namespace warder
