#pragma once

#include "core/console/orders/Limits.h"
#include "ui/PageContext.h"

#include <QTimer>
#include <QWidget>

#include <functional>
#include <optional>

class QLabel;

namespace warder {

class FormDialog;

/// Says in a form what an edited rule would have done to the requests that are recorded, before it is saved; and at the fields what the
/// server would refuse. Asks again half a second after the last change. GUI thread.
class WhatIfBox final : public QWidget
{
    Q_OBJECT
public:
    /// `wish`: what stands in the form; nothing while it is no rule yet.
    WhatIfBox(const PageContext &context, bool isNew, std::function<std::optional<RuleWish>()> wish, FormDialog &dialog);
    ~WhatIfBox() override;

    /// Something was changed: what was said of it before is gone at once.
    void askSoon();

private:
    void askNow();
    void wait();
    void say(const QString &text);

    static constexpr auto pause = std::chrono::milliseconds {500};

    PageContext m_context;
    bool m_isNew;
    std::function<std::optional<RuleWish>()> m_wish;
    FormDialog &m_dialog;
    QLabel *m_text;
    QTimer m_pause;
    Answer<WhatIfView> m_asked;
    int m_turn = 0; ///< The newest question; answers to older ones are of no use.
};

} // namespace warder
