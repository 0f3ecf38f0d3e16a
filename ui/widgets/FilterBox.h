#pragma once

#include "ui/widgets/FilterHistory.h"

#include <QLineEdit>
#include <QTimer>

#include <optional>

class QAction;
class QMenu;

namespace warder {

/// The filter of a page: emits filterChanged() when the typing pauses, or at once on Enter, and edited() with every key before that.
/// Escape empties it, Down moves the focus to the list. Pasted text is cut at the length that the console searches for. With a history,
/// Alt+Down, or the arrow in the empty field, opens the last searches.
class FilterBox final : public QLineEdit
{
    Q_OBJECT
public:
    FilterBox(const QString &placeholder, QWidget *list, QWidget *parent);

    /// Without the spaces around it; empty if nothing of it shows.
    QString filter() const;
    /// Without a filterChanged() or edited().
    void setFilter(const QString &filter);
    /// Keeps what a person has searched for: by Enter, or until they left the field or emptied it.
    void keepHistory(const FilterHistory &history);

Q_SIGNALS:
    void filterChanged(const QString &filter);
    /// `differs`: the text is another than that of the last filterChanged().
    void edited(bool differs);
    /// The keyboard has gone to the list, by Down, if it could.
    void leftForList();

protected:
    /// Ctrl+Z is the window's while nothing was typed that it could take back.
    bool event(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    void noteEdit();
    void emitFilter();
    void note(const QString &search);
    void openHistory();
    void recall(const QString &search);
    void showArrow();

    QWidget *m_list;
    QTimer m_pause;
    QString m_lastFilter;
    bool m_isBeingSet = false;
    std::optional<FilterHistory> m_history;
    QAction *m_arrow = nullptr; ///< With a history.
    QMenu *m_searches = nullptr;
    bool m_isTyped = false; ///< A person wrote what stands there, and not a jump.
};

} // namespace warder
