using System.Diagnostics;
using System.Text;
using IpMpsc.Tool.Captures;

namespace IpMpsc.Fuzzing;

/// <summary>Inputs that are kept: the seeds, and those that a fuzzer found to take new paths.</summary>
internal static class Corpus
{
    /// <summary>Runs every file of a corpus through its target. The last line is "N passed, N failed".</summary>
    public static int Replay(string corpus)
    {
        int passed = 0;
        int failed = 0;
        foreach ((string name, Action<byte[]> target) in Targets.All)
        {
            foreach (string path in Directory.GetFiles(Path.Join(corpus, name)).Order(StringComparer.Ordinal))
            {
                try
                {
                    target(File.ReadAllBytes(path));
                    passed++;
                }
                catch (Exception failure)
                {
                    failed++;
                    Console.WriteLine($"{path}: {failure}");
                }
            }
        }

        Console.WriteLine($"{passed} passed, {failed} failed");
        return failed == 0 ? 0 : 1;
    }

    /// <summary>Writes a valid input for each target.</summary>
    public static void Seed(string corpus)
    {
        Reading reading = new()
        {
            Number = -5,
            Value = 2.5,
            Text = "température",
            Where = new Place { X = 1, Y = 2, Name = "here" },
            Others = [new Place { Name = "" }, new Place { X = -1, Name = "there" }],
            Bytes = [1, 2, 3],
            Names = ["a", "bc"],
            Labels = new Dictionary<int, string> { [7] = "seven" },
            At = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(1)),
            Price = 12.34m,
            Id = new Guid(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11),
        };
        byte[] payload = new byte[Wire<Reading>.Measure(in reading)];
        Wire<Reading>.Write(in reading, payload);
        byte[] withVersion = [2, 0, .. payload];
        Write("schema", Encoding.UTF8.GetBytes(MessageSchema.Of<Reading>().Text));
        Write("payload", withVersion);
        Write("reader", withVersion);
        Write("json", Encoding.UTF8.GetBytes(Targets.ToJson(Targets.Expected.Decode(payload, 2))));
        Write("capture", Capture(payload));

        void Write(string target, byte[] input)
        {
            Directory.CreateDirectory(Path.Join(corpus, target));
            File.WriteAllBytes(Path.Join(corpus, target, "seed"), input);
        }
    }

    private static byte[] Capture(byte[] payload)
    {
        string path = Path.GetTempFileName();
        CaptureHeader header = new(DateTimeOffset.UnixEpoch, 1, [new CapturedChannel("channel", new Guid(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11), 4096, MessageSchema.Of<Reading>().Text)]);
        CapturedTrace trace = new(TimeSpan.FromSeconds(-1), ActivityContext.Parse("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", null));
        using (CaptureWriter writer = CaptureWriter.Create(path, header, overwrite: true))
        {
            writer.Write(new CaptureRecord(TimeSpan.FromSeconds(1), 0, 0, 0, 1, 2, null, default), payload);
            writer.Write(new CaptureRecord(TimeSpan.FromSeconds(2), 0, 3, 512, 1, 2, trace, default), payload);
        }

        byte[] capture = File.ReadAllBytes(path);
        File.Delete(path);
        return capture;
    }
}
