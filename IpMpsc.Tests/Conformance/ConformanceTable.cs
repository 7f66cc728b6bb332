using System.Globalization;
using System.Runtime.InteropServices;
using NUnit.Framework.Interfaces;

namespace IpMpsc.Tests.Conformance;

/// <summary>
/// Counts how the conformance suite ended in each configuration. IPMPSC_CONFORMANCE names a file to which the
/// counts of the run are added, one tab-separated line for each configuration; <c>.ci/table</c> prints them.
/// </summary>
internal static class ConformanceTable
{
    private static readonly SortedDictionary<string, (int Passed, int Failed)> s_counts = new(StringComparer.Ordinal);

    public static void Note(Configuration configuration, TestStatus status)
    {
        if (status is TestStatus.Passed or TestStatus.Failed)
        {
            string row = string.Join(
                '\t',
                RuntimeInformation.ProcessArchitecture,
                configuration.WakeMechanism,
                configuration.Placement,
                configuration.Kind,
                configuration.Capacity.ToString("N0", CultureInfo.InvariantCulture));
            (int passed, int failed) = s_counts.GetValueOrDefault(row);
            s_counts[row] = status == TestStatus.Passed ? (passed + 1, failed) : (passed, failed + 1);
        }
    }

    public static void WriteIfWanted()
    {
        if (Environment.GetEnvironmentVariable("IPMPSC_CONFORMANCE") is { Length: > 0 } path)
        {
            File.AppendAllLines(path, s_counts.Select(count => $"{count.Key}\t{count.Value.Passed}\t{count.Value.Failed}"));
        }
    }
}
