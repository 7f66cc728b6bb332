using IpMpsc.Examples.Hosting;

// A shop: three worker processes send orders and log into a channel; this process handles the orders, collects the logs,
// and tells at /health how its channels are. Ctrl-C stops it, after it has handled what was sent.

return args is ["worker", var number] ? WorkerProcess.Run(int.Parse(number)) : Shop.Run(args);
