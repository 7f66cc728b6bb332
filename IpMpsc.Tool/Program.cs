using IpMpsc.Tool.CommandLine;

return (int)await ToolRoot.RunAsync(args);
