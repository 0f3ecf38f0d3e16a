#pragma once

#include <QLineEdit>
#include <QTimer>

namespace warder {

/// The filter of a page: says `filterChanged` when the typing pauses, or at once on Enter, and `edited` with every key before
/// that. Escape empties it, Down goes on to the list. What is pasted is cut where the console would look no further.
class FilterBox final : public QLineEdit
{
    Q_OBJECT
public:
    FilterBox(const QString &placeholder, QWidget *list, QWidget *parent);

    /// Without the spaces around it; empty if nothing of it shows.
    QString filter() const;
    /// Without a filterChanged().
    void setFilter(const QString &filter);

Q_SIGNALS:
    void filterChanged(const QString &filter);
    /// `differs`: the text is another than the last filter said.
    void edited(bool differs);

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void emitFilter();

    QWidget *m_list;
    QTimer m_pause;
    QString m_lastFilter;
};

} // namespace warder
