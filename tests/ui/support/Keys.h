#pragma once

#include <QApplication>
#include <QTest>

namespace warder::test {

/// Types into whatever has the focus, as a person does.
inline void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
{
    QTest::keyClick(QApplication::focusWidget() ? QApplication::focusWidget() : QApplication::activeWindow(), key, modifiers);
}

} // namespace warder::test
