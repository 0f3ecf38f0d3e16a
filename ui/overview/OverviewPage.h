#pragma once

#include "core/console/orders/Server.h"
#include "ui/PageContext.h"
#include "ui/support/ServerHealth.h"
#include "ui/widgets/Page.h"

class QLabel;

namespace warder {

class Card;
class CopyField;
class FirstSteps;
class TimeChart;
class WhatToFix;

/// Whether all is well, at a glance: the numbers, what to fix next, the last ten minutes, the address and a line to try. A server
/// without accounts shows the first steps in place of its requests, until they are put away.
class OverviewPage final : public Page
{
    Q_OBJECT
public:
    OverviewPage(const PageContext &context, QWidget *parent);

    void refresh() override;
    void present(const OverviewView &overview, bool answers = true) override;
    void showFirstSteps() override;

protected:
    void everySecond() override;

private:
    QWidget *makeCards();
    QWidget *makeRequests();
    QWidget *makeSignIns();
    QWidget *makeAddress();
    Card *makeCard(const QString &title, const QString &page, const QString &name);
    void presentServer(const ServerView &server, const ServerHealth &health);
    void presentKey(const OverviewView &overview);
    void presentCounts(const OverviewCounts &counts);
    void presentAddress(const ServerView &server);
    void putFirstStepsAway();

    Card *m_state = nullptr;
    Card *m_sessions = nullptr;
    Card *m_signIns = nullptr;
    Card *m_limited = nullptr;
    Card *m_key = nullptr;
    Card *m_users = nullptr;
    WhatToFix *m_whatToFix = nullptr;
    FirstSteps *m_firstSteps = nullptr;
    QWidget *m_requestsPanel = nullptr;
    TimeChart *m_requests = nullptr;
    TimeChart *m_signInChart = nullptr;
    QLabel *m_addressWords = nullptr;
    CopyField *m_address = nullptr;
    QLabel *m_curlWords = nullptr;
    CopyField *m_curl = nullptr;
};

} // namespace warder
