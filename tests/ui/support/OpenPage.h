#pragma once

#include "tests/ui/support/Scene.h"
#include "tests/ui/support/Settle.h"

#include <QTest>

#include <memory>

namespace warder::test {

/// A page of the scene in a window of its own, active, with what it asks for at the start answered.
template <typename Page>
std::unique_ptr<Page> openPage(Scene &scene)
{
    auto page = std::make_unique<Page>(scene.context(), nullptr);
    page->resize(1000, 640);
    page->show();
    page->activateWindow();
    if (QTest::qWaitForWindowActive(page.get()))
        settle();
    return page;
}

} // namespace warder::test
