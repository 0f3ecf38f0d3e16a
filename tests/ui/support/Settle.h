#pragma once

#include <QAbstractEventDispatcher>
#include <QGuiApplication>
#include <QTest>
#include <QWidget>

namespace warder::test {

inline constexpr int longestRest = 60'000; ///< Milliseconds: a busy machine is no fault, a loop that never rests is.

/// Runs the event loop until nothing is left to do at once: the console's answers have arrived, layouts and pictures are up to date, the
/// window system has been heard. What a timer begins later is not waited for. False if the loop never rests.
inline bool settle()
{
    return QTest::qWaitFor(
        [] {
            qApp->sync();
            return !QAbstractEventDispatcher::instance()->processEvents(QEventLoop::AllEvents);
        },
        longestRest);
}

/// Waits until keys go to this window. (To qWaitForWindowActive a window above an active one is active at once.)
inline bool comesInFront(const QWidget *window)
{
    return window && QTest::qWaitFor([window] { return window->isActiveWindow(); }, longestRest);
}

} // namespace warder::test
