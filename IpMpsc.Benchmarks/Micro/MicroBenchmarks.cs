using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.NoEmit;

namespace IpMpsc.Benchmarks.Micro;

/// <summary>Runs BenchmarkDotNet on single operations.</summary>
internal static class MicroBenchmarks
{
    public static int Run()
    {
        // In this process, because the project that BenchmarkDotNet would build for another one has neither the generator nor
        // the package versions of this repository. Its disassembler needs another process; that of the JIT does
        // not, see docs/performance.md.
        IConfig config = ManualConfig.Create(DefaultConfig.Instance)
            .AddJob(Job.ShortRun.WithToolchain(InProcessNoEmitToolchain.Instance))
            .AddDiagnoser(MemoryDiagnoser.Default);
        BenchmarkRunner.Run([typeof(ClaimBenchmarks), typeof(FormatBenchmarks), typeof(LoggingBenchmarks)], config);
        return 0;
    }
}
