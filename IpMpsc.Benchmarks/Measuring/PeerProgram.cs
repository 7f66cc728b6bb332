using System.Text.Json;
using IpMpsc.Benchmarks.Peers;
using IpMpsc.Benchmarks.Roles;

namespace IpMpsc.Benchmarks.Measuring;

/// <summary>
/// The benchmark as its own peer: reads a job from each line of standard input, says "ready" when it has
/// prepared, waits for a further line, runs, and writes its outcome. It ends with its input.
/// </summary>
internal static class PeerProgram
{
    public static int Run()
    {
        while (Console.ReadLine() is { } line)
        {
            Job job = JsonSerializer.Deserialize<Job>(line)!;
            Console.WriteLine(JsonSerializer.Serialize(Play(job)));
        }

        return 0;
    }

    private static Outcome Play(Job job)
    {
        try
        {
            if (!job.IsPinned)
            {
                Processors.Bind(job.Processors.AsSpan(0, Math.Min(1, job.Processors.Length)));
            }

            using IRole role = Catalogue.Workload(job.Workload).Contender(job.Contender).Roles[job.Role](job);
            role.Prepare();
            Console.WriteLine(PeerProcess.Ready);
            return Console.ReadLine() == PeerProcess.Go
                ? role.Run()
                : new Outcome { Error = "The run was cancelled." };
        }
        catch (Exception error)
        {
            return new Outcome { Error = error.ToString() };
        }
    }
}
