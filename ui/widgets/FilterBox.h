#pragma once

#include <QLineEdit>
#include <QTimer>

namespace warder {

/// The filter of a page: emits filterChanged() when the typing pauses, or at once on Enter, and edited() with every key before that.
/// Escape empties it, Down moves the focus to the list. Pasted text is cut at the length that the console searches for.
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
    /// `differs`: the text is another than that of the last filterChanged().
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
