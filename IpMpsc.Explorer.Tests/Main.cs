using System.Globalization;
using Exploring.Engine;
using Exploring.Search;

namespace Exploring;

/// <summary>
/// Explores from the command line: <c>dotnet IpMpsc.Explorer.Tests.dll [seconds=N] [bound=N] [seed=N] [program=NAME,NAME]</c>. Stops at the first run that is
/// wrong, prints it, and returns 1.
/// </summary>
internal static class CommandLine
{
    private static int Main(string[] arguments)
    {
        Dictionary<string, string> options = arguments.Select(static argument => argument.Split('=')).ToDictionary(static pair => pair[0], static pair => pair[1]);
        double seconds = double.Parse(options.GetValueOrDefault("seconds", "1"), CultureInfo.InvariantCulture);
        int bound = int.Parse(options.GetValueOrDefault("bound", "2"), CultureInfo.InvariantCulture);
        int seed = int.Parse(options.GetValueOrDefault("seed", Random.Shared.Next(1 << 20).ToString(CultureInfo.InvariantCulture)), CultureInfo.InvariantCulture);
        string[] names = options.GetValueOrDefault("program", "").Split(',', StringSplitOptions.RemoveEmptyEntries);
        foreach (Type program in names.Length == 0 ? ProgramList.All : names.Select(static name => ProgramList.All.First(program => program.Name == name)))
        {
            foreach (MemoryModel model in (MemoryModel[])[MemoryModel.Tso, MemoryModel.Arm64])
            {
                Explorer.Result result = Explorer.Thoroughly(program, model, bound, seed, TimeSpan.FromSeconds(seconds));
                Console.WriteLine($"{program.Name}, {model}: {result.Runs} runs{(result.IsComplete ? ", complete" : "")}");
                if (result.Failure is not null)
                {
                    Console.WriteLine(result.Failure);
                    return 1;
                }
            }
        }

        return 0;
    }
}
