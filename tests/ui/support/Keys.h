#pragma once

#include <QApplication>
#include <QTest>

namespace warder::test {

/// Types into whatever has the focus, as a person does. Between two windows nothing has it for a moment.
inline void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
{
    const auto target = [] { return QApplication::focusWidget() ? QApplication::focusWidget() : QApplication::activeWindow(); };
    QVERIFY(QTest::qWaitFor([target] { return target() != nullptr; }));
    QTest::keyClick(target(), key, modifiers);
}

} // namespace warder::test
