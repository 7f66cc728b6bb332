using System.Globalization;
using IpMpsc.Fuzzing;
using SharpFuzz;

// IpMpsc.Fuzzing TARGET            for afl-fuzz, which .ci/fuzz starts
// IpMpsc.Fuzzing replay CORPUS     every file of CORPUS/TARGET; prints how many passed
// IpMpsc.Fuzzing seed CORPUS       writes the first files of a corpus
switch (args)
{
    case ["replay", string corpus]:
        return Corpus.Replay(corpus);
    case ["seed", string corpus]:
        Corpus.Seed(corpus);
        return 0;
    case [string name] when Targets.All.TryGetValue(name, out Action<byte[]>? target):
        Fuzzer.OutOfProcess.Run(stream =>
        {
            using MemoryStream input = new();
            stream.CopyTo(input);
            target(input.ToArray());
        });
        return 0;
    default:
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"usage: IpMpsc.Fuzzing {string.Join('|', Targets.All.Keys)} | replay CORPUS | seed CORPUS"));
        return 2;
}
