#pragma once

#include "core/console/orders/Mail.h"
#include "core/console/orders/Server.h"
#include "ui/widgets/Panel.h"

class QLabel;

namespace warder {

class StateDot;

/// Which way mails go, whether they do, and what to do if not. Knows no console. GUI thread.
class MailTransportLine final : public Panel
{
    Q_OBJECT
public:
    explicit MailTransportLine(QWidget *parent);

    /// Told again each second: nothing moves for it.
    void present(const MailOverview &mail, const std::optional<ProblemView> &trouble, TimePoint now);

private:
    StateDot *m_dot;
    QLabel *m_where;
    QLabel *m_trouble;
    QLabel *m_remark;
};

} // namespace warder
