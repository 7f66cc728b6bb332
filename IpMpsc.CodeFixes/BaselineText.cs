using System;
using System.Collections.Generic;
using System.Linq;

namespace IpMpsc.CodeFixes;

/// <summary>Edits the text of a schema baseline.</summary>
internal static class BaselineText
{
    /// <summary>The baseline with this text of a message: in the place of its old one, or at the end.</summary>
    public static string With(string baseline, string message)
    {
        List<string> lines = baseline.Replace("\r\n", "\n").Split('\n').ToList();
        while (lines.Count > 0 && lines[lines.Count - 1].Length == 0)
        {
            lines.RemoveAt(lines.Count - 1);
        }

        string[] added = message.TrimEnd('\n').Split('\n');
        string start = string.Join(" ", added[0].Split(' ').Take(2)) + " "; // "message NAME "
        int begin = lines.FindIndex(line => line.StartsWith(start, StringComparison.Ordinal));
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
            // The fields of the old text are indented; comments and empty lines between them go with them.
            int end = lines.FindLastIndex(
                NextMessage(lines, begin) - 1, line => line.StartsWith("  ", StringComparison.Ordinal));
            lines.RemoveRange(begin, Math.Max(end, begin) - begin + 1);
            lines.InsertRange(begin, added);
        }

        string lineEnd = baseline.Contains("\r\n") ? "\r\n" : "\n";
        return string.Join(lineEnd, lines) + lineEnd;
    }

    private static int NextMessage(List<string> lines, int begin)
    {
        int next = lines.FindIndex(begin + 1, line => line.StartsWith("message ", StringComparison.Ordinal));
        return next < 0 ? lines.Count : next;
    }
}
