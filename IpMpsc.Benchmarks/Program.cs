using System.CommandLine;
using IpMpsc.Benchmarks.Commands;

// After Ctrl-C, the processes of a run are ended and its files deleted, which may take longer than the default of two seconds.
return await BenchmarkCommand.Make().Parse(args).InvokeAsync(
    new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(30) });
