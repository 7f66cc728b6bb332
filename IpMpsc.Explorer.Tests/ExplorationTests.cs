using Exploring.Engine;
using Exploring.Programs;
using Exploring.Search;
using NUnit.Framework;

[assembly: NonParallelizable]

namespace Exploring;

/// <summary>Explores every program for a short time; <see cref="DeepExplorationTests"/> explores for as long as it is told.</summary>
public sealed class ExplorationTests
{
    private static IEnumerable<TestCaseData> Cases => ProgramList.All.SelectMany(static program =>
        new[] { MemoryModel.Tso, MemoryModel.Arm64 }.Select(model => new TestCaseData(program, model).SetArgDisplayNames(program.Name, model.ToString())));

    [TestCaseSource(nameof(Cases))]
    public void NoOrderOfStepsIsWrong(Type program, object model)
    {
        Explorer.Result result = Explorer.Thoroughly(program, (MemoryModel)model, bound: 2, seed: 1, TimeSpan.FromMilliseconds(250));
        Assert.That(result.Failure, Is.Null, result.Failure);
        TestContext.Out.WriteLine($"{result.Runs} runs{(result.IsComplete ? ", complete" : "")}");
    }
}
