#pragma once

// What nearly every file of the window reads anyway, compiled once.
#include "core/console/Console.h"

#include <QtCharts/QChartView>
#include <QtCore/QSettings>
#include <QtWidgets/QtWidgets>

#include <functional>
