using System.Globalization;
using Exploring.Engine;
using Exploring.Search;
using NUnit.Framework;

namespace Exploring;

/// <summary>
/// As <see cref="ExplorationTests"/>, for as long as the run parameters say: <c>seconds</c> for each program, <c>bound</c>, <c>seed</c>, <c>program</c>.
/// docs/exploring.md shows the command.
/// </summary>
[Explicit("Takes as long as its parameters say")]
[Category("Explore")]
public sealed class DeepExplorationTests
{
    private static IEnumerable<TestCaseData> Cases => ProgramList.All.SelectMany(static program =>
        new[] { MemoryModel.Tso, MemoryModel.Arm64 }.Select(model => new TestCaseData(program, model).SetArgDisplayNames(program.Name, model.ToString())));

    [TestCaseSource(nameof(Cases))]
    public void NoOrderOfStepsIsWrong(Type program, object model)
    {
        if (TestContext.Parameters.Get("program", program.Name) != program.Name)
        {
            Assert.Ignore("Another program was asked for.");
        }

        int seed = Parameter("seed", Random.Shared.Next(1 << 20));
        Explorer.Result result = Explorer.Thoroughly(
            program, (MemoryModel)model, Parameter("bound", 3), seed, TimeSpan.FromSeconds(Parameter("seconds", 10)));
        Assert.That(result.Failure, Is.Null, result.Failure);
        TestContext.Out.WriteLine($"{program.Name}, {model}: {result.Runs} runs from seed {seed}{(result.IsComplete ? ", complete" : "")}");
    }

    private static int Parameter(string name, int otherwise) =>
        int.Parse(TestContext.Parameters.Get(name, otherwise.ToString(CultureInfo.InvariantCulture)), CultureInfo.InvariantCulture);
}
