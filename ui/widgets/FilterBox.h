#pragma once

#include <QLineEdit>
#include <QTimer>

namespace warder {

/// The filter of a page: says `filterChanged` when the typing pauses, or at once on Enter. Escape empties it, Down goes on to
/// the list.
class FilterBox final : public QLineEdit
{
    Q_OBJECT
public:
    FilterBox(const QString &placeholder, QWidget *list, QWidget *parent);

    /// Without the spaces around it.
    QString filter() const;

Q_SIGNALS:
    void filterChanged(const QString &filter);

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void tell();

    QWidget *m_list;
    QTimer m_pause;
    QString m_told;
};

} // namespace warder
