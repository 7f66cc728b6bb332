using System.Text;

namespace IpMpsc.Benchmarks.Messages;

/// <summary>The texts of log lines: of many lengths, most of them plain letters, some not.</summary>
internal static class LogText
{
    private static readonly string[] s_lines =
    [
        "GET /index.html 200 1.2 ms",
        "Accepted connection from 10.20.30.40:52114 on listener 'public'",
        "User 'müller' signed in with a second factor after 3.4 s",
        "Cache miss for key session:7f3a9c51-22d0-4c1e-9f0e-5b8a44c1d7e2; loaded 1,482 bytes from the store in 812 µs",
        "Retrying request 88213 to https://inventory.internal/api/v2/items?page=17 after status 503 (attempt 2 of 5, waiting 400 ms)",
        "Disk 'sdb' reports 71 % used; 412 GiB free",
        "Order 2024-118-4471 accepted: 3 positions, 249.90 €, ships to Zürich",
        "Unhandled exception in worker 12: the value 'abc' is not a number (parameter 'quantity'); the message was moved to the dead letters and the worker goes on",
        "checkpoint complete: wrote 8213 buffers (50.1%); 0 files added, 0 removed, 3 recycled; write=26.93 s, sync=0.011 s, total=26.97 s",
        "温度センサー 4 は 21.5 °C を報告しました",
        "shutting down",
    ];

    private static readonly byte[][] s_utf8 = [.. s_lines.Select(Encoding.UTF8.GetBytes)];

    public static string Of(long number) => s_lines[number % s_lines.Length];

    public static ReadOnlySpan<byte> Utf8Of(long number) => s_utf8[number % s_utf8.Length];

    /// <summary>Writes all texts to a file, one in each line, for external programs.</summary>
    public static void Save(string path) => File.WriteAllText(path, string.Concat(s_lines.Select(static line => line + "\n")));

    /// <summary>Compares the line that arrived with the one that was due.</summary>
    /// <exception cref="BenchmarkException">It is another one, or another text.</exception>
    public static void Verify(long number, ReadOnlySpan<byte> text, long due)
    {
        if (number != due || !text.SequenceEqual(Utf8Of(due)))
        {
            throw new BenchmarkException($"Line {number} arrived damaged or instead of line {due}.");
        }
    }
}
