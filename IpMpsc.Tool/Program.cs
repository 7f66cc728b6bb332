using IpMpsc.Tool;

return (int)await ToolRoot.RunAsync(args);
