#pragma once

#include <QWidget>

class QHBoxLayout;
class QLabel;

namespace warder {

class WorkBar;

/// What stands below a list: how many rows it has, and how far the one long task of its page is. Whoever does not see the list hears what a
/// search has come to, once. GUI thread.
class ListFoot final : public QWidget
{
    Q_OBJECT
public:
    explicit ListFoot(QWidget *parent);

    WorkBar &work() const { return *m_work; }
    /// Between the count and the progress.
    void add(QWidget *widget);

    /// Another list is wanted, and has not come yet.
    void saySearching(const QString &text);
    /// Until what came of it was said.
    bool isSearching() const { return m_isSearched; }
    /// Nobody knows the number yet.
    void sayUncounted(const QString &text);
    void sayCount(const QString &text);

private:
    QHBoxLayout *m_row;
    QLabel *m_count;
    WorkBar *m_work;
    bool m_isSearched = false; ///< Whoever listens has not heard yet what came of it.
};

} // namespace warder
