using Krait.Generators.Diagnostics;
using Krait.Generators.Tests.Harness;

namespace Krait.Generators.Tests.Diagnostics;

public sealed class DbContextTests
{
    [Theory]
    [InlineData("[|ShopDb|] db")]
    [InlineData("[|Microsoft.EntityFrameworkCore.DbContext|] db")]
    [InlineData("TimeProvider time, [|ShopDb?|] db = null")]
    public Task A_context_that_lives_as_long_as_the_connection(string parameters) => WrongCode.Raises(DiagnosticIds.HeldDbContext, Controller(parameters));

    [Theory]
    [InlineData("Microsoft.EntityFrameworkCore.IDbContextFactory<ShopDb> db")]
    [InlineData("Mine.DbContext db")]
    public Task What_gives_a_context_when_it_is_needed_or_is_none(string parameters) => WrongCode.RaisesNothing(Controller(parameters));

    private static string Controller(string parameters) => $$"""
        namespace Microsoft.EntityFrameworkCore
        {
            public class DbContext;

            public interface IDbContextFactory<TContext>;
        }

        namespace Mine
        {
            public class DbContext;
        }

        public class ShopDb : Microsoft.EntityFrameworkCore.DbContext;

        [WebSocketController("/a")]
        public sealed partial class A({{parameters}})
        {
            [OnMessage] string Echo(string message) => message + db;
        }
        """;
}
