#pragma once

#include <QCoreApplication>
#include <QKeyEvent>
#include <QList>
#include <QObject>
#include <QString>
#include <QTimer>
#include <QWidget>

#include <chrono>
#include <utility>

namespace warder::test {

struct PressedKey
{
    Qt::Key key = Qt::Key_unknown; ///< As it stands: none, a rest.
    QString text = {};
    Qt::KeyboardModifiers modifiers = Qt::NoModifier;
};

/// Presses keys in a widget while it lives, over and over. GUI thread.
class Hands final : public QObject
{
public:
    Hands(QWidget &target, QList<PressedKey> keys, std::chrono::milliseconds between) : m_target(target), m_keys(std::move(keys))
    {
        connect(&m_next, &QTimer::timeout, this, [this] { press(); });
        m_next.start(between);
    }
    ~Hands() override
    {
        for (const QEvent::Type type : {QEvent::KeyPress, QEvent::KeyRelease})
            QCoreApplication::removePostedEvents(&m_target, type); // they would be pressed in what follows
    }

private:
    void press()
    {
        const PressedKey &pressed = m_keys.at(m_count++ % m_keys.size());
        if (pressed.key == Qt::Key_unknown)
            return;
        for (const QEvent::Type type : {QEvent::KeyPress, QEvent::KeyRelease})
            QCoreApplication::postEvent(&m_target, new QKeyEvent(type, pressed.key, pressed.modifiers, pressed.text));
    }

    QWidget &m_target;
    const QList<PressedKey> m_keys;
    qsizetype m_count = 0;
    QTimer m_next;
};

/// Down a list as a key that is held repeats, and back to its begin.
inline QList<PressedKey> scrollingKeys()
{
    QList<PressedKey> keys(60, PressedKey {.key = Qt::Key_PageDown});
    keys += PressedKey {.key = Qt::Key_Home, .modifiers = Qt::ControlModifier};
    return keys;
}

/// A search, rests in which it is answered, its end, and rests for the whole list.
inline QList<PressedKey> typingKeys()
{
    const QList<PressedKey> rest(4, PressedKey {});
    QList<PressedKey> keys;
    for (const QChar letter : QStringView(u"zimmermann9"))
        keys += PressedKey {.key = Qt::Key(letter.toUpper().unicode()), .text = letter};
    keys += rest;
    keys += PressedKey {.key = Qt::Key_Escape};
    return keys + rest;
}

} // namespace warder::test
