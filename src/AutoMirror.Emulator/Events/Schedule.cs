using System.Globalization;
using System.Text.RegularExpressions;

namespace AutoMirror.Emulator.Events;

/// <summary>
/// Schedule expressions of rules. <c>rate(5 minutes)</c> runs by the clock; <c>cron(…)</c> is accepted and runs only when a test fires
/// the rule.
/// </summary>
internal static partial class Schedule
{
    /// <summary>The period of a rate; null for a cron expression, and EventBridge's error for anything else.</summary>
    public static TimeSpan? Rate(string expression)
    {
        if (RateForm().Match(expression) is { Success: true } rate)
        {
            var number = int.Parse(rate.Groups[1].Value, CultureInfo.InvariantCulture);
            // "A unit of 1 is singular, others plural."
            if (number >= 1 && (number == 1) != rate.Groups[3].Success)
            {
                return rate.Groups[2].Value switch
                {
                    "minute" => TimeSpan.FromMinutes(number),
                    "hour" => TimeSpan.FromHours(number),
                    _ => TimeSpan.FromDays(number),
                };
            }
        }

        return CronForm().IsMatch(expression)
            ? null
            : throw new AwsException("ValidationException", "Parameter ScheduleExpression is not valid.");
    }

    [GeneratedRegex(@"^rate\(([0-9]{1,6}) (minute|hour|day)(s)?\)$")]
    private static partial Regex RateForm();

    [GeneratedRegex(@"^cron\(\S+ \S+ \S+ \S+ \S+ \S+\)$")]
    private static partial Regex CronForm();
}
