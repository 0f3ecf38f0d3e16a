#pragma once

#include <QWidget>

class QHBoxLayout;
class QVBoxLayout;

namespace warder {

class FilterBox;

/// The filter of a list and the tools beside it, a row for the head of the page, and what more there is below that. GUI thread.
class ListTools final : public QWidget
{
    Q_OBJECT
public:
    /// `list`: where the keyboard goes from the filter.
    ListTools(const QString &placeholder, QWidget *list, QWidget *parent);

    FilterBox &filter() const { return *m_filter; }
    void addBesideFilter(QWidget *tool);
    void addAtTheEnd(QWidget *tool);
    /// For the body of the page, to whose layout it belongs from then on; it takes no room while nothing in it shows.
    QVBoxLayout *below() const { return m_below; }
    void addBelow(QWidget *widget);
    /// As wide as the page.
    void addWideBelow(QWidget *widget);

private:
    QVBoxLayout *m_below;
    QHBoxLayout *m_tools;
    FilterBox *m_filter;
};

} // namespace warder
