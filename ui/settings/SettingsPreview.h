#pragma once

#include <QDialog>

class QVBoxLayout;

namespace warder {

class SettingsDraft;
struct SettingChoice;

/// What the changes of settings are, each from its old value to the new one, and when it acts; accepted by whoever wants them applied. Goes
/// when it closes. GUI thread.
class SettingsPreview final : public QDialog
{
    Q_OBJECT
public:
    SettingsPreview(const SettingsDraft &draft, QWidget *parent);

private:
    QWidget *makeLines(const SettingsDraft &draft);
    void addLine(QVBoxLayout &lines, const SettingsDraft &draft, const SettingChoice &choice);
    void addButtons(QVBoxLayout &all, bool mayApply);
};

} // namespace warder
