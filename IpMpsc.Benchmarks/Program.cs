using IpMpsc.Benchmarks.Commands;

return await BenchmarkCommand.Make().Parse(args).InvokeAsync();
