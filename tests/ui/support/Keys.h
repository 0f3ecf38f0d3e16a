#pragma once

#include <QApplication>
#include <QTest>

namespace warder::test {

/// What has the keyboard's focus, once something does: between two windows nothing has it for a moment, or the one that a question just
/// covered still does.
inline QWidget *typedInto()
{
    const auto target = [] { return QApplication::focusWidget() ? QApplication::focusWidget() : QApplication::activeWindow(); };
    const auto isReady = [target] {
        const QWidget *question = QApplication::activePopupWidget() ? nullptr : QApplication::activeModalWidget();
        return target() && (!question || question->isActiveWindow());
    };
    return QTest::qWaitFor(isReady) ? target() : nullptr;
}

/// Into whatever has the focus, as a person does.
inline void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
{
    QWidget *target = typedInto();
    QVERIFY(target);
    QTest::keyClick(target, key, modifiers);
}

inline void type(const QString &text)
{
    QWidget *target = typedInto();
    QVERIFY(target);
    QTest::keyClicks(target, text);
}

} // namespace warder::test
