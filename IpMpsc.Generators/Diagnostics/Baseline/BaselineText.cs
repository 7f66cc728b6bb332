using System;
using System.Collections.Generic;
using System.Linq;

namespace IpMpsc.Generators.Diagnostics.Baseline;

/// <summary>Edits the text of a schema baseline.</summary>
internal static class BaselineText
{
    private static readonly string[] s_parts = ["  ", "enum ", "struct ", "nested "];

    /// <summary>The baseline with this text of a message: where its old text stands, or at the end.</summary>
    public static string With(string baseline, string message)
    {
        List<string> lines = LinesOf(baseline);
        string[] added = message.TrimEnd('\n').Split('\n');
        int begin = BeginOf(lines, added[0].Split(' ')[1]);
        if (begin < 0)
        {
            if (lines.Count > 0)
            {
                lines.Add("");
            }

            lines.AddRange(added);
        }
        else
        {
            RemoveAt(lines, begin);
            lines.InsertRange(begin, added);
        }

        return Join(lines, baseline);
    }

    /// <summary>The baseline without a message.</summary>
    public static string Without(string baseline, string name)
    {
        List<string> lines = LinesOf(baseline);
        int begin = BeginOf(lines, name);
        if (begin >= 0)
        {
            RemoveAt(lines, begin);
            if (begin < lines.Count && lines[begin].Length == 0)
            {
                lines.RemoveAt(begin);
            }
        }

        return Join(lines, baseline);
    }

    private static List<string> LinesOf(string baseline)
    {
        List<string> lines = baseline.Replace("\r\n", "\n").Split('\n').ToList();
        while (lines.Count > 0 && lines[lines.Count - 1].Length == 0)
        {
            lines.RemoveAt(lines.Count - 1);
        }

        return lines;
    }

    private static string Join(List<string> lines, string baseline)
    {
        string lineEnd = baseline.Contains("\r\n") ? "\r\n" : "\n";
        return string.Concat(lines.Select(line => line + lineEnd));
    }

    private static int BeginOf(List<string> lines, string name) =>
        lines.FindIndex(line => line.StartsWith($"message {name} ", StringComparison.Ordinal));

    // Behind a message come its fields and the definitions that they mention. Comments and empty lines between them belong to it.
    private static void RemoveAt(List<string> lines, int begin)
    {
        int end = lines.FindLastIndex(NextMessage(lines, begin) - 1, IsPart);
        lines.RemoveRange(begin, Math.Max(end, begin) - begin + 1);
    }

    private static bool IsPart(string line) =>
        Array.Exists(s_parts, beginning => line.StartsWith(beginning, StringComparison.Ordinal));

    private static int NextMessage(List<string> lines, int begin)
    {
        int next = lines.FindIndex(begin + 1, line => line.StartsWith("message ", StringComparison.Ordinal));
        return next < 0 ? lines.Count : next;
    }
}
