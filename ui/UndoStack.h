#pragma once

#include "core/base/Clock.h"
#include "ui/support/Undo.h"

#include <QList>
#include <QObject>
#include <QTimer>

#include <optional>

class QAction;

namespace warder {

/// What was done in this window and can still be taken back, for a while, the newest first: the one place for Ctrl+Z, for the button of a
/// message and for the list in the menu. Each entry takes back what it names and nothing else: it looks first whether that still is as it
/// was left. What is not so any more is dropped, with a sentence. One attempt at a time. GUI thread.
class UndoStack final : public QObject
{
    Q_OBJECT
public:
    static constexpr Seconds lasting {600};
    static constexpr qsizetype most = 20;

    struct Entry
    {
        int number;
        QString what;
        bool isInTurn; ///< No newer entry is about the same thing.
    };

    UndoStack(const Clock &clock, QObject *parent);

    /// The entry's number, which no other ever has.
    int push(const Undo &undo);
    QList<Entry> entries() const;
    /// Nothing where that entry is not there any more, or another attempt is under way.
    void takeBack(int number);
    void takeBackNewest();
    /// Names the newest entry, and takes it back (Ctrl+Z). Of the stack.
    QAction *action() const { return m_action; }

Q_SIGNALS:
    void changed();
    /// Why something cannot be taken back: a sentence.
    void said(const QString &text);

private:
    struct Kept
    {
        int number;
        Undo undo;
        TimePoint until;
    };

    /// Those whose time is over leave without a word.
    void dropOld();
    void present();
    void finish(int number, UndoEnd how);
    /// What is about the same as that entry and newer.
    std::optional<QString> before(const Kept &entry) const;

    const Clock &m_clock;
    QAction *m_action;
    QList<Kept> m_entries; ///< Oldest first.
    QTimer m_timer;
    int m_lastNumber = 0;
    bool m_isBusy = false;
};

} // namespace warder
