#pragma once

#include "tests/ui/support/Scene.h"
#include "tests/ui/support/Settle.h"
#include "ui/UndoStack.h"
#include "ui/widgets/Page.h"

#include <QTest>

#include <memory>

namespace warder::test {

/// A page of the scene in a window of its own, active, with what it asks for at the start answered, and Ctrl+Z as the frame has it.
template <typename PageType>
std::unique_ptr<PageType> openPage(Scene &scene)
{
    auto page = std::make_unique<PageType>(scene.context(), nullptr);
    const auto hear = [heard = page.get()](const QString &text) { heard->setProperty("message", text); };
    QObject::connect(page.get(), &Page::done, page.get(), hear);
    QObject::connect(page.get(), &Page::problemsChanged, page.get(),
                     [heard = page.get(), hear] { hear(heard->problems().isEmpty() ? QString() : heard->problems().last().text); });
    auto *undo = new UndoStack(scene.clock, page.get());
    page->addAction(undo->action());
    QObject::connect(page.get(), &Page::done, undo, [undo](const QString &, const Undo &way) {
        if (way)
            undo->push(way);
    });
    QObject::connect(undo, &UndoStack::said, page.get(), hear);
    page->resize(1000, 640);
    page->show();
    page->activateWindow();
    if (comesInFront(page.get()))
        settle();
    return page;
}

/// The newest thing that a page of openPage() told and that is not over; empty: nothing.
inline QString messageOf(const Page &page) { return page.property("message").toString(); }

} // namespace warder::test
